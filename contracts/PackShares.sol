// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155Supply} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Supply.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";

/// A mirror of who owns which pack: one id for each pack, a million millionths of it, held by addresses on a list. The register
/// in the ledger is the law; only its registrar moves anything here, and a holder moves nothing.
///
/// Every change of a pack names the step it follows. A transaction that was thought lost and comes late, or comes twice, no
/// longer fits and changes nothing.
contract PackShares is ERC1155Supply, AccessControl {
    using EnumerableSet for EnumerableSet.AddressSet;

    bytes32 public constant REGISTRAR = keccak256("REGISTRAR");
    uint256 public constant WHOLE = 1_000_000;

    struct Share {
        address holder;
        uint256 millionths;
    }

    struct Move {
        address from;
        address to;
        uint256 millionths;
    }

    struct Entry {
        string code;
        uint64 step;
        Share[] shares;
    }

    struct Settlement {
        uint256 id;
        uint64 step;
        Move[] moves;
    }

    struct Standing {
        string code;
        uint64 step;
        bool isFrozen;
        Share[] shares;
    }

    mapping(address holder => bool) public isAllowed;
    mapping(address holder => bool) public isFrozen;
    mapping(uint256 id => bool) public isPackFrozen;
    mapping(uint256 id => uint64) public stepOf;
    mapping(uint256 id => string) private _codes;
    mapping(uint256 id => EnumerableSet.AddressSet) private _holders;
    uint256[] private _packs;

    event Allowed(address indexed holder, bool may);
    event HolderFrozen(address indexed holder, bool frozen, string reason);
    event PackFrozen(uint256 indexed id, bool frozen, string reason);
    event Entered(uint256 indexed id, uint64 step, string code);
    event Settled(uint256 indexed id, uint64 step);
    event Forced(uint256 indexed id, uint64 step, string reason);
    event Retired(uint256 indexed id, uint64 step, string reason);

    error OnlyByRegistrar();
    error NotAllowed(address holder);
    error FrozenHolder(address holder);
    error FrozenPack(uint256 id);
    error OutOfStep(uint256 id, uint64 step, uint64 given);
    error NotWhole(uint256 id, uint256 millionths);
    error AlreadyEntered(uint256 id);
    error ReasonMissing();

    constructor(address admin, address registrar) ERC1155("") {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(REGISTRAR, registrar);
    }

    function idOf(string memory code) public pure returns (uint256) {
        return uint256(keccak256(bytes(code)));
    }

    // What the registrar does.

    function setAllowed(address[] calldata holders, bool may) external onlyRole(REGISTRAR) {
        for (uint256 i = 0; i < holders.length; ++i) {
            isAllowed[holders[i]] = may;
            emit Allowed(holders[i], may);
        }
    }

    function freezeHolder(address holder, bool frozen, string calldata reason) external onlyRole(REGISTRAR) {
        if (bytes(reason).length == 0) revert ReasonMissing();
        isFrozen[holder] = frozen;
        emit HolderFrozen(holder, frozen, reason);
    }

    function freezePack(uint256 id, bool frozen, string calldata reason) external onlyRole(REGISTRAR) {
        if (bytes(reason).length == 0) revert ReasonMissing();
        isPackFrozen[id] = frozen;
        emit PackFrozen(id, frozen, reason);
    }

    /// Packs that are new here, or were retired: each whole, from the first moment on.
    function enter(Entry[] calldata entries) external onlyRole(REGISTRAR) {
        for (uint256 i = 0; i < entries.length; ++i) {
            Entry calldata entry = entries[i];
            uint256 id = idOf(entry.code);
            if (totalSupply(id) != 0) revert AlreadyEntered(id);
            if (stepOf[id] == 0) {
                _packs.push(id);
                _codes[id] = entry.code;
            }
            uint64 step = _next(id, entry.step);
            for (uint256 n = 0; n < entry.shares.length; ++n) {
                _receivable(id, entry.shares[n].holder);
                _move(id, address(0), entry.shares[n].holder, entry.shares[n].millionths);
            }
            if (totalSupply(id) != WHOLE) revert NotWhole(id, totalSupply(id));
            emit Entered(id, step, entry.code);
        }
    }

    /// All moves of all these packs, or none.
    function settle(Settlement[] calldata settlements) external onlyRole(REGISTRAR) {
        for (uint256 i = 0; i < settlements.length; ++i) {
            Settlement calldata it = settlements[i];
            uint64 step = _next(it.id, it.step);
            for (uint256 n = 0; n < it.moves.length; ++n) {
                if (isFrozen[it.moves[n].from]) revert FrozenHolder(it.moves[n].from);
                _receivable(it.id, it.moves[n].to);
                _move(it.id, it.moves[n].from, it.moves[n].to, it.moves[n].millionths);
            }
            emit Settled(it.id, step);
        }
    }

    /// By order of a court or an authority: whatever is frozen, but never to somebody who is not on the list.
    function force(Settlement calldata it, string calldata reason) external onlyRole(REGISTRAR) {
        if (bytes(reason).length == 0) revert ReasonMissing();
        uint64 step = _next(it.id, it.step);
        for (uint256 n = 0; n < it.moves.length; ++n) {
            if (!isAllowed[it.moves[n].to]) revert NotAllowed(it.moves[n].to);
            _move(it.id, it.moves[n].from, it.moves[n].to, it.moves[n].millionths);
        }
        emit Forced(it.id, step, reason);
    }

    /// A pack that is no more, or lives on under another code.
    function retire(uint256 id, uint64 given, string calldata reason) external onlyRole(REGISTRAR) {
        if (bytes(reason).length == 0) revert ReasonMissing();
        if (isPackFrozen[id]) revert FrozenPack(id);
        uint64 step = _next(id, given);
        address[] memory holders = _holders[id].values();
        for (uint256 n = 0; n < holders.length; ++n) {
            if (isFrozen[holders[n]]) revert FrozenHolder(holders[n]);
            _move(id, holders[n], address(0), balanceOf(holders[n], id));
        }
        emit Retired(id, step, reason);
    }

    // What anybody may read.

    function packCount() external view returns (uint256) {
        return _packs.length;
    }

    /// In the order in which they came, retired ones included.
    function packs(uint256 from, uint256 most) external view returns (uint256[] memory ids) {
        uint256 end = from + most < _packs.length ? from + most : _packs.length;
        ids = new uint256[](end > from ? end - from : 0);
        for (uint256 n = 0; n < ids.length; ++n) ids[n] = _packs[from + n];
    }

    function standing(uint256[] calldata ids) external view returns (Standing[] memory all) {
        all = new Standing[](ids.length);
        for (uint256 i = 0; i < ids.length; ++i) {
            uint256 id = ids[i];
            address[] memory holders = _holders[id].values();
            Share[] memory shares = new Share[](holders.length);
            for (uint256 n = 0; n < holders.length; ++n) shares[n] = Share(holders[n], balanceOf(holders[n], id));
            all[i] = Standing(_codes[id], stepOf[id], isPackFrozen[id], shares);
        }
    }

    // What a holder of any other token could do.

    function safeTransferFrom(address, address, uint256, uint256, bytes memory) public pure override {
        revert OnlyByRegistrar();
    }

    function safeBatchTransferFrom(address, address, uint256[] memory, uint256[] memory, bytes memory)
        public
        pure
        override
    {
        revert OnlyByRegistrar();
    }

    function setApprovalForAll(address, bool) public pure override {
        revert OnlyByRegistrar();
    }

    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, AccessControl) returns (bool) {
        return super.supportsInterface(interfaceId);
    }

    function _next(uint256 id, uint64 given) private returns (uint64 step) {
        step = stepOf[id];
        if (given != step) revert OutOfStep(id, step, given);
        stepOf[id] = ++step;
    }

    function _receivable(uint256 id, address to) private view {
        if (isPackFrozen[id]) revert FrozenPack(id);
        if (!isAllowed[to]) revert NotAllowed(to);
        if (isFrozen[to]) revert FrozenHolder(to);
    }

    /// Without asking a receiving contract: the mirror shows what the register says, whatever a holder's code answers, and no
    /// foreign code runs between two moves.
    function _move(uint256 id, address from, address to, uint256 millionths) private {
        uint256[] memory ids = new uint256[](1);
        uint256[] memory values = new uint256[](1);
        (ids[0], values[0]) = (id, millionths);
        _update(from, to, ids, values);
        if (from != address(0) && balanceOf(from, id) == 0) _holders[id].remove(from);
        if (to != address(0) && balanceOf(to, id) > 0) _holders[id].add(to);
    }
}
